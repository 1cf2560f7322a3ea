# The environment is made in one stage and copied whole into the next.
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/factcheck
COPY requirements.lock ./
RUN /opt/factcheck/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN /opt/factcheck/bin/pip wheel --no-cache-dir --no-deps --wheel-dir dist . \
    && /opt/factcheck/bin/pip install --no-cache-dir --no-deps --no-index dist/*.whl

FROM python:3.13-slim
# PostgreSQL's initdb asks for the name of the user, so there must be one.
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/factcheck factcheck
COPY --from=build /opt/factcheck /opt/factcheck
ENV PATH="/opt/factcheck/bin:$PATH" FACTCHECK_HOME=/var/lib/factcheck FACTCHECK_PORT=8000
USER 10001
VOLUME /var/lib/factcheck
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import http.client as h, os, sys; c = h.HTTPConnection('127.0.0.1', int(os.environ['FACTCHECK_PORT']), timeout=2); c.request('GET', '/livez'); sys.exit(c.getresponse().status != 200)"]
CMD ["factcheck", "serve", "--host", "0.0.0.0"]
