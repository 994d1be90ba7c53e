"""The rules, without the web around them."""
