"""Kinds of model beside the shipped one, trained on the same articles and scored by the same gold."""
