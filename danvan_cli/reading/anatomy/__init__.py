"""The parts of a paper by the places Nghị định 30/2020/NĐ-CP gives them, with their looks."""
