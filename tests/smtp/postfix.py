"""A mail server that shares no line with Pilothouse: Debian's Postfix, with a mailbox of its own.

    postfix.py ADDRESS...

Takes mail for the domains of the addresses on a free port of this machine, keeps what is for the
addresses (also with +anything) in one mailbox, and sends back what is for others in their domains.
Tells its port and the mailbox in a line of JSON; ends, and leaves nothing behind, when its input
ends. Needs root, as Postfix does.
"""

import json
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time

MAIN = """
compatibility_level = 3.6
config_directory = {folder}/config
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mx.postfix.example
mydestination =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
recipient_delimiter = +
smtpd_relay_restrictions = reject_unauth_destination
smtpd_reject_unlisted_recipient = no
virtual_mailbox_domains = {domains}
virtual_mailbox_base = {folder}
virtual_mailbox_maps = inline:{{ {boxes} }}
virtual_minimum_uid = 1
virtual_uid_maps = static:{owner.pw_uid}
virtual_gid_maps = static:{owner.pw_gid}
"""

MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
"""


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def postfix(folder, deed):
    done = subprocess.run(["postfix", "-c", folder / "config", deed], capture_output=True, text=True)
    if done.returncode != 0:
        log = folder / "log"
        told = log.read_text() if log.exists() else ""
        sys.exit(f"postfix {deed}: {done.stdout}{done.stderr}{told}")


def answers(port):
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                if connection.recv(3) == b"220":
                    return True
        except OSError:
            pass
        time.sleep(0.1)
    return False


def main():
    addresses = sys.argv[1:]
    owner = pwd.getpwnam("nobody")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="postfix-"))
    # Postfix and who owns the mailbox come through here without being root.
    folder.chmod(0o755)
    box = folder / "box"
    for part in ["config", "queue", "data", "box"]:
        (folder / part).mkdir(mode=0o755)
    os.chown(box, owner.pw_uid, owner.pw_gid)
    shutil.chown(folder / "data", "postfix")
    port = free_port()
    given = {
        "folder": folder,
        "owner": owner,
        "port": port,
        "domains": " ".join(sorted({address.split("@")[1] for address in addresses})),
        "boxes": ", ".join(f"{{ {address} = box/ }}" for address in addresses),
    }
    (folder / "config" / "main.cf").write_text(MAIN.format(**given))
    (folder / "config" / "master.cf").write_text(MASTER.format(**given))
    try:
        postfix(folder, "start")
        if not answers(port):
            sys.exit("postfix does not answer: " + (folder / "log").read_text())
        print(json.dumps({"port": port, "mailbox": str(box / "new")}), flush=True)
        sys.stdin.read()
        postfix(folder, "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
