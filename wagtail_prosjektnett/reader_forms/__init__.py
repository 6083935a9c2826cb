"""What the forms that readers fill in have in common, whatever they are about."""
