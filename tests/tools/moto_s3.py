"""S3 as moto has it, for a user who may do what Sluice's page says and nothing else.

Prints one line with its address, a bucket and the user's key. Then each line of input is a prefix, and is answered with the objects below it, as boto3 reads them.
"""
import base64
import json
import sys

from flask import request
from moto.iam.access_control import S3IAMRequest

from moto_account import REGION, Account

BUCKET = "audit-log"


def as_sent(self, *_, signed=S3IAMRequest._create_aws_request):
    """moto decodes a name before it checks the signature, which S3 and its clients make over the name as it is sent."""
    self._path = request.environ["REQUEST_URI"]
    return signed(self)


S3IAMRequest._create_aws_request = as_sent
account = Account()
account.client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
reader = account.client("s3", account.user("reader", ["s3:GetObject", "s3:ListBucket"]))
account.guard(account.user("sluice", ["s3:PutObject"]), bucket=BUCKET)


def read(name):
    found = reader.get_object(Bucket=BUCKET, Key=name)
    return {"name": name, "type": found["ContentType"], "bytes": base64.b64encode(found["Body"].read()).decode()}


for line in sys.stdin:
    listed = reader.list_objects_v2(Bucket=BUCKET, Prefix=line.strip()).get("Contents", [])
    print(json.dumps([read(one["Key"]) for one in listed]), flush=True)
