"""Watches over work that is handed to outside vendors."""
