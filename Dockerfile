# Two stages: the first installs the pinned libraries and Simpul into a virtual environment,
# the second carries that environment alone and runs it as a user who may write only to /var/simpul.
FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/simpul
WORKDIR /src
COPY requirements.lock .
RUN /opt/simpul/bin/python -m pip install --require-hashes -r requirements.lock
COPY . .
RUN /opt/simpul/bin/python -m pip install --no-deps --no-build-isolation .

FROM python:3.11-slim
COPY --from=build /opt/simpul /opt/simpul
RUN useradd --system --home-dir /var/simpul --create-home --shell /usr/sbin/nologin simpul
ENV PATH=/opt/simpul/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SIMPUL_STORE=sqlite:/var/simpul/simpul.db \
    SIMPUL_HOST=0.0.0.0 \
    SIMPUL_PORT=8000
USER simpul
WORKDIR /var/simpul
VOLUME /var/simpul
EXPOSE 8000
CMD ["simpul", "serve", "--load-if-empty"]
