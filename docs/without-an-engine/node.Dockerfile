# Node on Debian, where no image of it can be pulled: the wheel that `make run` builds the page with.
ARG BASE
FROM ${BASE}
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv \
    && python3 -m venv /opt/node
COPY backend/serve/requirements.txt /opt/node/requirements.txt
RUN /opt/node/bin/pip install --no-cache-dir -r /opt/node/requirements.txt
ENV PATH=/opt/node/bin:/usr/local/bin:/usr/bin:/bin
