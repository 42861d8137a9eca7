"""Names of people and bodies: where each begins and ends, and of which kind it is."""
