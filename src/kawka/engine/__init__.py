"""Pure decisions: no Django, no input or output, no clock and no chance of its own."""
