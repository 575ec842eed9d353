"""Pure part of the rehearsal: a synthetic population of the Bình Định campaign, made from a seed.

Everything here is invented except the names of units and the published figures of the venues; the data
files and their sources are described in ``people/data/binh-dinh/README.md``. No framework, no clock, no
unseeded chance.
"""
