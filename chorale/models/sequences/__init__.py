"""What the models of melodies and drum patterns share: networks, meters, drawing."""
