"""An account at moto, with signatures and permissions checked: AWS's own library signs every request anew and compares."""
import json

import boto3
from moto import settings
from moto.server import ThreadedMotoServer

ACCOUNT, REGION = "123456789012", "eu-central-1"


class Account:
    def __init__(self):
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        self.address = "http://{}:{}".format(*server.get_host_and_port())

    def client(self, service, key=None):
        """Before `guard`, anyone may do anything."""
        access = key or {"AccessKeyId": "setup", "SecretAccessKey": "setup"}
        return boto3.client(
            service, endpoint_url=self.address, region_name=REGION, aws_access_key_id=access["AccessKeyId"], aws_secret_access_key=access["SecretAccessKey"])

    def user(self, name, actions):
        """The key of a new user who may do this and nothing else."""
        iam = self.client("iam")
        iam.create_user(UserName=name)
        policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
        iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=json.dumps(policy))
        return iam.create_access_key(UserName=name)["AccessKey"]

    def guard(self, key, **more):
        """From now on every call is checked. Prints one line with the address and the user's key."""
        settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
        ready = {"address": self.address, "access_key_id": key["AccessKeyId"], "secret_access_key": key["SecretAccessKey"], "region": REGION}
        print(json.dumps(ready | more), flush=True)
