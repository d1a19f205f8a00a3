FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements/runtime.txt requirements/build.txt requirements/
RUN python -m venv /opt/linchpin \
 && /opt/linchpin/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt \
 && python -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY . .
RUN /opt/build/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /dist . \
 && /opt/linchpin/bin/pip install --no-cache-dir --no-deps /dist/*.whl

FROM python:3.11-slim
# A font, for drawings as PNG: the slim image has none.
RUN apt-get update \
 && apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 7400 --create-home --home-dir /var/lib/linchpin linchpin
COPY --from=build /opt/linchpin /opt/linchpin
# Compiled analyses are kept in the volume, since the image is read-only to the user it runs as.
ENV PATH=/opt/linchpin/bin:$PATH CMDB_HOME=/var/lib/linchpin NUMBA_CACHE_DIR=/var/lib/linchpin/kernels PYTHONUNBUFFERED=1
USER linchpin
VOLUME /var/lib/linchpin
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=5s --start-period=120s CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/api/v1/health', timeout=4)"]
ENTRYPOINT ["cmdb"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8080"]
