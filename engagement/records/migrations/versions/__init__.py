"""Steps of the schema. File names begin with the number that is the version."""
