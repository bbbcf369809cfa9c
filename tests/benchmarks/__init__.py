"""How long things take, as ratios from runs that take turns; run by hand, in no test.

`python -m tests.benchmarks.start`       commands beside a Typer command that does nothing
`python -m tests.benchmarks.paper`       a document beside plain docxtpl and the bare floor
`python -m tests.benchmarks.batch`       every unit's documents, made and judged
`python -m tests.benchmarks.growth`      time as tasks and units grow
`python -m tests.benchmarks.large_city`  a large city beside yamllint and check-jsonschema
"""
