"""What `make` calls: setting up, running the demonstration, finding a browser. Standard library only."""
