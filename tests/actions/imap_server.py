"""A small IMAP server on this machine: one folder of messages, read and marked as real clients do."""

import re
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread


@dataclass
class Folder:
    """What lies in the mailbox, which of it is read, and what the client asked for."""

    messages: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    port: int = 0

    def answer(self, command: str) -> list[bytes]:
        """The untagged lines that answer one command."""
        self.asked.append(command)
        words = command.split()
        if words[0] == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1"]
        if words[0] == "SELECT":
            return [f"* {len(self.messages)} EXISTS".encode(), b"* FLAGS (\\Seen)"]
        if words[:2] == ["UID", "SEARCH"]:
            unread = [str(n) for n in range(1, len(self.messages) + 1) if n not in self.seen]
            return [("* SEARCH " + " ".join(unread)).strip().encode()]
        if words[:2] == ["UID", "FETCH"]:
            raw = self.messages[int(words[2]) - 1]
            head = f"* {words[2]} FETCH (UID {words[2]} BODY[] {{{len(raw)}}}".encode()
            return [head + b"\r\n" + raw + b")"]
        if words[:2] == ["UID", "STORE"]:
            self.seen.add(int(words[2]))
        return [b"* BYE"] if words[0] == "LOGOUT" else []


@contextmanager
def imap_server() -> Iterator[Folder]:
    """The folder, served on a free port until the block ends."""
    folder = Folder()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            for line in self.rfile:
                tag, command = re.fullmatch(r"(\S+) (.*?)\r?\n", line.decode()).groups()
                for answer in folder.answer(command):
                    self.wfile.write(answer + b"\r\n")
                refused = command.startswith("LOGIN") and "right" not in command
                self.wfile.write(f"{tag} {'NO' if refused else 'OK'} done\r\n".encode())
                if command == "LOGOUT":
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        folder.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield folder
        server.shutdown()
        thread.join()
