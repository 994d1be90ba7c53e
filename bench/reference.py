"""The least a page can cost: one indexed read on the same database and as many bytes, or a 304."""

import os

import sqlalchemy as sa
from flask import Flask, Response, request

engine = sa.create_engine(os.environ["BENCH_DATABASE"])
app = Flask(__name__)


@app.get("/bytes/<int:count>")
def send(count: int) -> Response:
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT title FROM meeting WHERE slug = 'meting'")).one()
    if request.if_none_match:
        return Response(status=304)
    return Response(b"x" * count, mimetype="text/plain")
