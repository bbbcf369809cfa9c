"""Thể thức: whether a paper looks as Nghị định 30/2020/NĐ-CP says."""
