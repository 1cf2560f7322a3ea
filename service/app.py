"""The application: settings in, a Flask application out; no state but what it is given."""

import re
import uuid
from functools import cache, partial
from http import HTTPStatus
from threading import BoundedSemaphore

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import MethodNotAllowed as NoMethod
from werkzeug.exceptions import NotFound as NoAddress

from service import errors
from service.feed.following import Poller
from service.meters import NOBODY, Meters
from service.records.allowances import Allowances
from service.records.keys import Keyring
from service.records.sweeping import SOON, WAITING, Start, Sweeper, at_once
from service.routes import addresses, answers, bodies, holding, hypertext, limiting, origins
from service.routes.context import State
from service.routes.factchecktools import answering
from service.settings import Settings
from service.storage.database import Database

PATCHES = f"{bodies.JSON}, {bodies.MERGE_PATCH}, {bodies.JSON_PATCH}"

SEARCHED = frozenset({"q", "text", "query"})
"""The parameters of a query that say what is searched for."""


class Answer(Response):
    """An answer whose media type is what was said of it, and none where there is no body."""

    default_mimetype = None


def create_app(settings: Settings, meters: Meters = NOBODY, start: Start = at_once) -> Flask:
    """Return the application; its pool opens connections when they are first needed.

    `meters` hear of its work. `start` begins what is done once somebody has been answered.
    """
    app = Flask("service", static_folder=None, template_folder=None)
    app.response_class = Answer
    # What is no problem of ours is a fault: it goes on to whoever logs and answers it.
    app.config["PROPAGATE_EXCEPTIONS"] = True
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    state = make_state(settings, meters, start)
    app.extensions["factcheck"] = state
    addresses.route(app)
    surround(app, state)
    return app


def make_state(settings: Settings, meters: Meters, start: Start) -> State:
    """Return what all requests of an application share."""
    database = Database(
        str(settings.database_url),
        size=settings.pool_size,
        deadline=settings.deadline,
        prepare=settings.prepare_statements,
        meters=meters,
    )
    keyring = Keyring(database, settings.four_eyes)
    sweepers = Sweeper(database, start=start), Sweeper(database, WAITING, SOON, start=start)
    allowances, poller = Allowances.of(settings, database), Poller(database, settings.max_streams)
    # One import writes at a time: if all connections were for those that wait, who reads had none.
    imports = BoundedSemaphore(max(1, settings.pool_size // 4))
    return State(settings, database, keyring, allowances, *sweepers, poller, imports)


def surround(app: Flask, state: State) -> None:
    """Put around every request what no view has to think of."""
    app.before_request(state.database.start_clock)
    app.before_request(name_route)
    app.register_error_handler(errors.Problem, answer_problem)
    app.register_error_handler(HTTPException, answer_http)
    app.after_request(say_what_patches)
    app.after_request(partial(limiting.tell, state.allowances))
    app.after_request(partial(origins.share, state.settings.cors_origins))
    app.after_request(partial(sweep_behind, state.sweeper, state.flusher))
    app.teardown_request(state.database.stop_clock)


def close(app: Flask) -> None:
    """Close the application's connections."""
    state: State = app.extensions["factcheck"]
    state.database.close()


def name_route() -> None:
    """Tell the log and the metrics which address answers, without its variable parts."""
    if request.url_rule:
        request.environ["factcheck.route"] = template(request.url_rule.rule)


@cache
def template(rule: str) -> str:
    """Return a rule as the contract writes it: ``/v1/claims/{id}``."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


def answer_problem(problem: errors.Problem) -> Response:
    """Answer what was refused."""
    instance = request.environ.get("factcheck.instance") or uuid.uuid4().urn
    request.environ["factcheck.trouble"] = problem.trouble
    if isinstance(problem, errors.Overloaded):
        holding.hold(float(problem.headers["Retry-After"]))
    if answering.is_asked():
        return answering.refusal(problem, instance)
    if hypertext.reads_pages():
        return hypertext.problem(problem, instance)
    return answers.problem(problem, instance)


def answer_http(error: HTTPException) -> Response:
    """Answer what Flask refused by itself: unknown addresses, methods and bodies."""
    return answer_problem(as_problem(error))


def as_problem(error: HTTPException) -> errors.Problem:
    """Return our problem for one of werkzeug's."""
    if isinstance(error, NoMethod):
        allow = ", ".join(sorted(error.valid_methods or ()))
        detail = f"{request.method} is not for this address; it takes {allow}."
        return errors.MethodNotAllowed(detail, headers={"Allow": allow})
    if isinstance(error, NoAddress):
        detail = (
            "There is nothing at this address. GET / shows what there is. An id is a letter or"
            " digit and up to 99 more of these and . _ ~ -"
        )
        return errors.NotFound(detail)
    return errors.BadRequest("The request cannot be read. Compare it with the examples at /docs.")


def say_what_patches(response: Response) -> Response:
    """Add to an answer to OPTIONS which patches the address takes (RFC 5789)."""
    if request.method == "OPTIONS" and "PATCH" in response.headers.get("Allow", ""):
        response.headers["Accept-Patch"] = PATCHES
    return response


def sweep_behind(sweeper: Sweeper, flusher: Sweeper, response: Response) -> Response:
    """Let what has served its time be deleted once a write, or a failed key, is answered.

    Behind a write, and behind a search, which has to read it, goes into its index what waits.
    """
    writes = request.method not in limiting.SAFE
    if writes or response.status_code == HTTPStatus.UNAUTHORIZED:
        response.call_on_close(sweeper.sweep)
    if writes or not SEARCHED.isdisjoint(request.args):
        response.call_on_close(flusher.sweep)
    return response
