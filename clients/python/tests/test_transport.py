import datetime
import email.utils
import http.client
import json
import os
import pickle
import threading
import time
import unittest
from unittest import mock

from maskscore import Client, Problem, Unreachable

from .fake_service import FakeService
from .service import PREDICTION, TRUTH, URL

OK = (200, {}, b'{"mi_loss": 0, "warnings": [], "reasons": {}}')
PROBLEM = json.dumps({"code": "OVERLOADED", "status": 503, "title": "No room", "detail": "Too much waits."}).encode()


class Requests(unittest.TestCase):
    def score(self, fake, **settings):
        with Client(fake.url, **settings) as client:
            return client.score(b"truth", b"prediction")

    def test_one_connection_serves_many_requests(self):
        with FakeService(OK) as fake, Client(fake.url) as client:
            for _ in range(5):
                client.score(b"truth", b"prediction")
            self.assertEqual(len(fake.connections), 1)

    def test_threads_share_a_client(self):
        client, losses = Client(URL), []

        def score():
            losses.append(client.score(TRUTH, PREDICTION).mi_loss)
            client.close()

        scoring = [threading.Thread(target=score) for _ in range(4)]
        for thread in scoring:
            thread.start()
        for thread in scoring:
            thread.join()
        self.assertEqual(losses, [0.1723121168949473] * 4)

    @unittest.skipUnless(hasattr(os, "fork"), "This system cannot fork.")
    def test_a_forked_process_has_a_connection_of_its_own(self):
        # Both would read each other's answers from one connection.
        client = Client(URL)
        self.assertEqual(client.score(TRUTH, PREDICTION).mi_loss, 0.1723121168949473)
        child = os.fork()
        if child == 0:
            wrong = 1
            try:
                wrong = sum(client.score(TRUTH, TRUTH).mi_loss != 0 for _ in range(10))
            finally:
                os._exit(wrong)
        losses = [client.score(TRUTH, PREDICTION).mi_loss for _ in range(10)]
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        self.assertEqual(losses, [0.1723121168949473] * 10)
        client.close()

    def test_a_client_can_be_given_to_another_process(self):
        with Client(URL, key="ann-0123456789abcdef") as client:
            with pickle.loads(pickle.dumps(client)) as copy:
                self.assertEqual(copy.score(TRUTH, PREDICTION).mi_loss, 0.1723121168949473)

    def test_a_service_without_room_is_asked_again_after_the_seconds_it_names(self):
        with FakeService((503, {"Retry-After": "0"}, PROBLEM), (429, {"Retry-After": "1"}, PROBLEM), OK) as fake:
            began = time.monotonic()
            self.assertEqual(self.score(fake).mi_loss, 0)
            self.assertGreaterEqual(time.monotonic() - began, 1)
            self.assertEqual(len(fake.seen), 3)
            # The whole body is sent each time.
            self.assertEqual(fake.seen[0], fake.seen[2])

    def test_a_date_says_when_to_ask_again_as_well(self):
        when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=2)
        with FakeService((503, {"Retry-After": email.utils.format_datetime(when, usegmt=True)}, PROBLEM), OK) as fake:
            began = time.monotonic()
            self.score(fake)
            self.assertGreaterEqual(time.monotonic() - began, 0.9)

    def test_a_wait_longer_than_the_caller_takes_is_a_problem_at_once(self):
        with FakeService((503, {"Retry-After": "3600"}, PROBLEM), OK) as fake:
            with self.assertRaises(Problem) as refused:
                self.score(fake)
            self.assertEqual((refused.exception.code, refused.exception.retry_after), ("OVERLOADED", 3600))
            self.assertEqual(len(fake.seen), 1)

    def test_a_refusal_is_not_asked_for_again(self):
        with FakeService((422, {}, b'{"code": "CORRUPT", "detail": "d", "remedy": "r"}')) as fake:
            with self.assertRaises(Problem) as refused:
                self.score(fake)
            self.assertEqual((refused.exception.remedy, len(fake.seen)), ("r", 1))

    def test_what_a_proxy_answers_is_told_as_it_came(self):
        with FakeService((404, {}, b"<h1>nginx</h1>")) as fake:
            with self.assertRaises(Problem) as refused:
                self.score(fake)
            self.assertEqual(refused.exception.code, "HTTP_404")
            self.assertIn("nginx", refused.exception.detail)

    def test_a_redirect_is_not_followed_but_told(self):
        with FakeService((301, {"Location": "https://scores.example/v1/score"}, b"")) as fake:
            with self.assertRaises(Unreachable) as failed:
                self.score(fake)
            self.assertIn("https://scores.example/v1/score", str(failed.exception))
            self.assertEqual(len(fake.seen), 1)

    def test_an_answer_of_something_else_is_shown(self):
        with FakeService((200, {}, b"<title>Jupyter</title>")) as fake:
            with self.assertRaises(Unreachable) as failed:
                self.score(fake)
            self.assertIn("Jupyter", str(failed.exception))

    def test_a_page_is_no_picture(self):
        with FakeService((200, {"Content-Type": "text/html; charset=utf-8"}, b"<title>Sign in</title>")) as fake:
            with Client(fake.url) as client, self.assertRaises(Unreachable) as failed:
                client.overlay(b"truth", b"prediction")
            self.assertIn("Sign in", str(failed.exception))

    def test_a_refusal_of_something_else_in_json_is_told_as_it_came(self):
        with FakeService((403, {}, b'{"message": "no such tenant"}')) as fake:
            with self.assertRaises(Problem) as refused:
                self.score(fake)
            self.assertIn("no such tenant", str(refused.exception))

    def test_what_the_detail_says_is_not_said_twice(self):
        body = b'{"code": "C", "detail": "d: /x: x is wrong", "errors": [{"pointer": "/x", "message": "x is wrong"}]}'
        with FakeService((400, {}, body)) as fake, self.assertRaises(Problem) as refused:
            self.score(fake)
        self.assertEqual(str(refused.exception), "C: d: /x: x is wrong")

    def test_a_service_that_is_silent_is_asked_once_and_for_the_time_that_was_given(self):
        with FakeService("silence") as fake:
            with self.assertRaises(Unreachable) as failed:
                self.score(fake, timeout=0.2)
            self.assertIn("within 0.2 seconds", str(failed.exception))
            self.assertEqual(len(fake.seen), 1)

    def test_an_evaluation_whose_service_goes_away_can_be_found_again(self):
        begun = json.dumps({"id": "run-7", "state": "running"}).encode()
        with FakeService((202, {}, begun), None) as fake, Client(fake.url, retries=0) as client:
            with self.assertRaises(Unreachable) as failed:
                client.evaluate(b"truth", b"prediction")
        self.assertIn('client.evaluation("run-7")', str(failed.exception))

    def test_an_answer_that_is_interrupted_is_not_taken_for_the_next_one(self):
        second = (200, {}, b'{"mi_loss": 0.25}')
        with FakeService(OK, second) as fake, Client(fake.url) as client:
            with mock.patch.object(http.client.HTTPResponse, "read", side_effect=KeyboardInterrupt):
                with self.assertRaises(KeyboardInterrupt):
                    client.score(b"truth", b"prediction")
            self.assertEqual(client.score(b"truth", b"prediction").mi_loss, 0.25)

    def test_a_connection_that_was_not_used_for_long_is_not_trusted(self):
        with FakeService(OK) as fake, Client(fake.url) as client, mock.patch("maskscore.transport._LONGEST_IDLE", -1):
            client.score(b"truth", b"prediction")
            client.score(b"truth", b"prediction")
            self.assertEqual(len(fake.connections), 2)

    def test_the_proxy_of_the_environment_is_used_but_never_for_this_machine(self):
        with FakeService(OK) as fake:
            proxies = {"http_proxy": fake.url.replace("//", "//ann:secret@"), "https_proxy": fake.url, "no_proxy": "b.example"}
            with mock.patch.dict(os.environ, proxies):
                with Client("http://a.example/masks", key="k") as client:
                    client.score(b"truth", b"prediction")
                self.assertEqual(fake.paths, ["http://a.example/masks/v1/score"])
                sent = fake.headers[0]
                self.assertEqual(
                    (sent["Host"], sent["Authorization"], sent["Proxy-Authorization"]),
                    ("a.example", "Bearer k", "Basic YW5uOnNlY3JldA=="),
                )
                with Client(fake.url) as client:
                    client.score(b"truth", b"prediction")
                self.assertEqual(fake.paths[1], "/v1/score")
                # A tunnel is asked for, which this proxy does not know.
                with self.assertRaises(Unreachable) as failed:
                    Client("https://a.example", retries=0).score(b"truth", b"prediction")
                self.assertIn("through the proxy 127.0.0.1", str(failed.exception))
            with mock.patch.dict(os.environ, {"http_proxy": "socks5://127.0.0.1:1"}):
                with self.assertRaises(ValueError):
                    Client("http://a.example")

    def test_nothing_of_an_address_is_left_out_without_a_word(self):
        with FakeService(OK) as fake:
            with Client(fake.url.replace("//", "//ann:se%20cret@")) as client:
                client.score(b"truth", b"prediction")
            self.assertEqual(fake.headers[0]["Authorization"], "Basic YW5uOnNlIGNyZXQ=")
        for address, key in (("http://a.example?x=1", None), ("http://a.example/#x", None), ("http://u:p@a.example", "k")):
            with self.assertRaises(ValueError):
                Client(address, key=key)

    def test_a_problem_can_be_raised_in_another_process(self):
        with FakeService((503, {"Retry-After": "3600", "X-Request-Id": "r1"}, PROBLEM)) as fake:
            with self.assertRaises(Problem) as refused:
                self.score(fake)
        copy = pickle.loads(pickle.dumps(refused.exception))
        self.assertEqual((copy.code, copy.retry_after, copy.request_id), ("OVERLOADED", 3600, "r1"))
        self.assertEqual(str(copy), str(refused.exception))

    def test_a_connection_that_breaks_is_opened_again(self):
        with FakeService(None, OK) as fake:
            self.assertEqual(self.score(fake).mi_loss, 0)

    def test_a_service_that_is_not_there_is_unreachable(self):
        with FakeService(OK) as fake:
            address = fake.url
        with self.assertRaises(Unreachable) as failed:
            Client(address, retries=1).score(b"truth", b"prediction")
        self.assertIn(address.split("//")[1], str(failed.exception))

    def test_an_address_that_is_none_is_refused_when_the_client_is_made(self):
        with self.assertRaises(ValueError):
            Client("ftp://example.com")

    def test_a_path_before_the_calls_is_kept(self):
        with FakeService(OK) as fake, Client(fake.url + "/masks/") as client:
            client.score(b"truth", b"prediction")
            self.assertEqual(fake.paths, ["/masks/v1/score"])
