"""From light or keystrokes to a Label: what a symbol says. No Qt here."""
