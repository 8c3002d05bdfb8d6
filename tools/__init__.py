"""What `make` calls. What runs before anything is installed needs the standard library only."""
