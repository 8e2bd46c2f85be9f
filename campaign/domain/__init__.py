"""The words of the product as pure values: no file, no clock, no SQL, no network."""
