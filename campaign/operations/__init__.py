"""What a person does: one function a verb, one transaction, with its audit record."""
