"""The real terminal process, killed again and again at random moments while people pay."""
