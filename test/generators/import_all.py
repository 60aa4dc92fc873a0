"""Imports every module of the generated client, which compileall only parses."""

import importlib
import pkgutil

import delauto_client

names = [module.name for module in pkgutil.walk_packages(delauto_client.__path__, "delauto_client.")]
for name in names:
    importlib.import_module(name)
print(len(names))
