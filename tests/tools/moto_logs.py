"""CloudWatch Logs as moto has it, for a user who may do what Sluice's page says and nothing else.

Prints one line with its address and the user's key. Then each line of input names a log stream of group `sluice`, and is answered with its events.
"""
import json
import sys

from moto.backends import get_backend

from moto_account import ACCOUNT, REGION, Account

account = Account()
account.client("logs").create_log_group(logGroupName="sluice")
account.guard(account.user("sluice", ["logs:CreateLogStream", "logs:PutLogEvents"]))
for line in sys.stdin:
    stream = get_backend("logs")[ACCOUNT][REGION].groups["sluice"].streams.get(line.strip())
    events = [{"timestamp": event.timestamp, "message": event.message} for event in stream.events] if stream else []
    print(json.dumps(events), flush=True)
