"""The web service around a peer: what FastAPI's own guide shows for blocking work (`def`, run in a thread pool)."""

from collections.abc import Callable

from fastapi import FastAPI, File, UploadFile


def make_app(score: Callable[[bytes, bytes], dict[str, float]]) -> FastAPI:
    app = FastAPI()

    @app.get("/readyz")
    def ready() -> None:
        return None

    @app.post("/score")
    def answer(ground_truth: UploadFile = File(), prediction: UploadFile = File()) -> dict[str, float]:
        return score(ground_truth.file.read(), prediction.file.read())

    return app
