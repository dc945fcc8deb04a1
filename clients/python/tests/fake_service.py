"""A service that answers what a test says, on a free port."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FakeService:
    """
    `answers` are given one after another, the last one for ever: None closes the connection, "silence" says nothing until the
    service ends. `seen` are the bodies that came, `paths` where, `headers` with what.
    """

    def __init__(self, *answers):
        self.answers = list(answers)
        self.seen = []
        self.paths = []
        self.headers = []
        self.ended = threading.Event()
        self.connections = set()
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                fake.seen.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
                fake.paths.append(self.path)
                fake.headers.append(self.headers)
                fake.connections.add(self.client_address)
                answer = fake.answers.pop(0) if len(fake.answers) > 1 else fake.answers[0]
                if answer == "silence":
                    fake.ended.wait(30)
                    answer = None
                if answer is None:
                    self.close_connection = True
                    self.connection.close()
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.server.shutdown()
        self.server.server_close()
