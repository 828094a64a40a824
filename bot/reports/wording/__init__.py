"""What readers of reports see: figures with their definitions, sheets, and the chat."""
