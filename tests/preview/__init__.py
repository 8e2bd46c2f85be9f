"""Pages and terminal lines, read as their readers' programs read them."""
