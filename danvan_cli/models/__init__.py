"""What the YAML files say, as frozen typed values. No reading, no writing, no decisions."""
