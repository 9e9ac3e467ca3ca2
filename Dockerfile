# Two stages: the first installs from the lock, the second holds the result and nothing else.
FROM python:3.11.14-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/simpul
ENV PATH=/opt/simpul/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.lock .
RUN pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY graph_loader graph_loader
COPY explorer explorer
COPY templates templates
COPY data data
RUN pip install --no-deps --no-build-isolation .

FROM python:3.11.14-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin simpul \
    && install -d -o simpul -g simpul /var/lib/simpul
COPY --from=build /opt/simpul /opt/simpul
ENV PATH=/opt/simpul/bin:$PATH PYTHONUNBUFFERED=1 \
    SIMPUL_STORE=sqlite:/var/lib/simpul/simpul.db SIMPUL_HOST=0.0.0.0 SIMPUL_PORT=8000 \
    SIMPUL_CACHE=/var/lib/simpul/index
USER simpul
WORKDIR /var/lib/simpul
VOLUME /var/lib/simpul
EXPOSE 8000
# Straight to the process and not through a proxy that HTTP_PROXY may name. The first start loads
# the shipped rows before it listens, hence the start period.
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ['SIMPUL_PORT']), timeout=3); c.request('GET', os.environ.get('SIMPUL_BASE_PATH', '') + '/healthz'); sys.exit(c.getresponse().status != 200)"]
# waitress, in one process with several threads
CMD ["simpul", "serve", "--load-if-empty"]
