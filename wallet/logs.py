"""Logs of the backend process: one JSON object a line on standard error, UTC, with the request id.

Called by the command line alone; whoever embeds the backend keeps its own logging. Everything goes
through the standard library's handlers, because they swallow their own failures: a log that cannot
be written (pipe gone, disk full) must never fail a payment.
"""

import logging
import sys

import structlog


def log_json() -> None:
    """Send structlog's and the standard library's records to standard error as JSON lines."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=shared,
        )
    )
    logging.raiseExceptions = False
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    # It would log the address of each request to a provider, with the customer's account in it.
    logging.getLogger("httpx").setLevel(logging.WARNING)
