"""OpenStack Swift with its S3 interface, as one process in a folder of its own: an object store that others wrote, and that checks every signature.

Run by the system's Python, for which Debian's python3-swift is. Prints one line with its address and the key of user `audit`, who has bucket `audit-log`.
Then each line of input is a prefix, and is answered with the objects below it, as Swift's own interface has them.
"""
import array
import base64
import json
import logging
import os
import shutil
import sys
import tempfile

import eventlet
import eventlet.patcher

eventlet.patcher.monkey_patch()

from eventlet import wsgi
from swift.account.server import AccountController
from swift.common import ring, swob, utils
from swift.common.internal_client import InternalClient
from swift.common.storage_policy import POLICIES
from swift.common.wsgi import loadapp
from swift.container.server import ContainerController
from swift.obj.server import ObjectController

KEY, SECRET, REGION, BUCKET = "audit:writer", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "eu-central-1", "audit-log"

PROXY = """
[DEFAULT]
swift_dir = {folder}
[pipeline:main]
pipeline = catch_errors cache s3api tempauth proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
location = {region}
[filter:tempauth]
use = egg:swift#tempauth
user_audit_writer = {secret} .admin
"""

INTERNAL = """
[DEFAULT]
swift_dir = {folder}
[pipeline:main]
pipeline = catch_errors proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
"""


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write(text.format(folder=folder, region=REGION, secret=SECRET))
    return path


def ring_of_one(folder, name, port):
    device = {"id": 0, "zone": 0, "region": 1, "device": "sda", "ip": "127.0.0.1", "port": port, "weight": 1.0}
    ring.RingData([array.array("H", [0, 0, 0, 0])], [device], 30).save(os.path.join(folder, name + ".ring.gz"))


def serve(socket, app):
    eventlet.spawn(wsgi.server, socket, app, logging.getLogger("quiet"), log_output=False)


def start(folder):
    os.makedirs(os.path.join(folder, "disks", "sda"))
    utils.HASH_PATH_PREFIX, utils.HASH_PATH_SUFFIX = b"", b"sluice"
    conf = {"devices": os.path.join(folder, "disks"), "swift_dir": folder, "mount_check": "false", "fallocate_reserve": "0"}
    for name, controller in (("account", AccountController), ("container", ContainerController), ("object", ObjectController)):
        socket = eventlet.listen(("127.0.0.1", 0))
        ring_of_one(folder, name, socket.getsockname()[1])
        serve(socket, controller(conf))
    POLICIES.default.object_ring = None
    front = eventlet.listen(("127.0.0.1", 0))
    serve(front, loadapp(write(folder, "proxy.conf", PROXY)))
    return "http://127.0.0.1:%d" % front.getsockname()[1], InternalClient(write(folder, "internal.conf", INTERNAL), "tests", 1)


def objects(client, prefix):
    for listed in client.iter_objects("AUTH_audit", BUCKET, prefix=prefix):
        _, headers, body = client.get_object("AUTH_audit", BUCKET, listed["name"])
        yield {"name": listed["name"], "type": headers["Content-Type"], "bytes": base64.b64encode(b"".join(body)).decode()}


def main():
    folder = tempfile.mkdtemp(prefix="sluice-swift-")
    try:
        address, client = start(folder)
        client.create_container("AUTH_audit", BUCKET)
        print(json.dumps({"address": address, "access_key_id": KEY, "secret_access_key": SECRET, "region": REGION, "bucket": BUCKET}), flush=True)
        for line in iter(lambda: eventlet.tpool.execute(sys.__stdin__.buffer.readline), b""):
            print(json.dumps(list(objects(client, line.decode().strip()))), flush=True)
    finally:
        shutil.rmtree(folder)


main()
