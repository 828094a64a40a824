# Wegwijzer: `docker compose up -d --build`; see docs/running.md.
# Two stages: what installs is not in what runs. Wheels only, so nothing is compiled.

FROM python:3.12-slim AS made
COPY requirements.lock /
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes \
        --only-binary :all: -r /requirements.lock \
    && /venv/bin/pip uninstall --yes pip \
    && find /venv -name __pycache__ -prune -exec rm -rf {} +

FROM python:3.12-slim
# A fixed number, so that files of a mounted folder can be given to it: chown 10001 data
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin wegwijzer \
    && install -d -o wegwijzer -g wegwijzer /data
COPY --from=made /venv /venv
WORKDIR /app
COPY organisation.example.toml LICENSE NOTICE ./
COPY migrations migrations
COPY locales locales
COPY knowledge knowledge
COPY bot bot
# The search is trained here: what runs may not write into its own folder.
RUN ["/venv/bin/python", "-m", "bot", "answers", "index"]
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    WEGWIJZER_LISTEN=0.0.0.0:8080 \
    WEGWIJZER_DATABASE_URL=sqlite:////data/wegwijzer.sqlite \
    WEGWIJZER_ORGANISATION=/config/organisation.toml
USER wegwijzer
VOLUME /data
EXPOSE 8080
# 503 from /health is an error for urllib, and so for Docker.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/health', timeout=4)"]
CMD ["python", "-m", "bot", "run"]
