"""Statement to messages: templates, wording, fitting into each network."""
