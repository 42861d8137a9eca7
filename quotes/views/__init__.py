"""What readers are shown: pages, and feeds."""
