"""A paper edited by hand made new: what danvan changed comes in, what the person changed stays."""
