"""What the machine does: claim, arm, publish, settle, reap, reconcile."""
