"""
Print a user application key for the administrator of a fresh database.

Run by the Python of the server's own environment, with the server's configuration and
the database's name.  It is the one thing that the REST API cannot begin with.
"""

import sys

from trytond import config

config.update_etc(sys.argv[1])

from trytond.pool import Pool  # noqa: E402  # reads the configuration
from trytond.transaction import Transaction  # noqa: E402  # the same

ADMIN = 1

Pool.start()
pool = Pool(sys.argv[2])
pool.init()
with Transaction().start(sys.argv[2], ADMIN):
    Application = pool.get("res.user.application")
    [made] = Application.create([{"user": ADMIN, "application": "rest"}])
    print(made.key)
