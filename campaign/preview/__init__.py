"""What readers will see, before anything is sent."""
