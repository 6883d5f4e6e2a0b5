"""A name server on this machine that knows a few TXT records and nothing else."""

import socketserver
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from dns import message, rcode, resolver, rrset


@contextmanager
def name_server(records: Mapping[str, Sequence[str]]) -> Iterator[None]:
    """While it runs, whatever asks for TXT records asks it; a name that is not there does not exist."""

    class Answer(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            asked = message.from_wire(self.request[0])
            reply = message.make_response(asked)
            name = asked.question[0].name
            texts = records.get(name.to_text(omit_final_dot=True), ())
            if texts:
                reply.answer.append(rrset.from_text(name, 60, "IN", "TXT", *(f'"{text}"' for text in texts)))
            else:
                reply.set_rcode(rcode.NXDOMAIN)
            self.request[1].sendto(reply.to_wire(), self.client_address)

    with socketserver.UDPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        usual, here = resolver.default_resolver, resolver.Resolver(configure=False)
        here.nameservers, here.port = ["127.0.0.1"], server.server_address[1]
        resolver.default_resolver = here
        try:
            yield
        finally:
            resolver.default_resolver = usual
            server.shutdown()
