"""CloudWatch Logs as moto has it, with signatures and permissions checked, for a user who may do what Sluice's page says and nothing else.

Prints one line with its address and the user's key. Then each line of input names a log stream of group `sluice`, and is answered with its events.
"""
import json
import sys

import boto3
from moto import settings
from moto.backends import get_backend
from moto.server import ThreadedMotoServer

ACCOUNT, REGION = "123456789012", "eu-central-1"
POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "*"}],
}

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
address = "http://{}:{}".format(*server.get_host_and_port())
admin = {"endpoint_url": address, "region_name": REGION, "aws_access_key_id": "setup", "aws_secret_access_key": "setup"}
boto3.client("logs", **admin).create_log_group(logGroupName="sluice")
iam = boto3.client("iam", **admin)
iam.create_user(UserName="sluice")
iam.put_user_policy(UserName="sluice", PolicyName="stream", PolicyDocument=json.dumps(POLICY))
key = iam.create_access_key(UserName="sluice")["AccessKey"]
settings.INITIAL_NO_AUTH_ACTION_COUNT = 0

print(json.dumps({"address": address, "access_key_id": key["AccessKeyId"], "secret_access_key": key["SecretAccessKey"]}), flush=True)
for line in sys.stdin:
    stream = get_backend("logs")[ACCOUNT][REGION].groups["sluice"].streams.get(line.strip())
    events = [{"timestamp": event.timestamp, "message": event.message} for event in stream.events] if stream else []
    print(json.dumps(events), flush=True)
