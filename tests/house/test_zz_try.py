import sys,types
from . import examples_web
m=types.ModuleType("tests.house.examples"); m.EXAMPLES=examples_web.EXAMPLES; m.SKIPPED={}
sys.modules.setdefault(__package__+".examples", m)
from .test_routes import *  # noqa
