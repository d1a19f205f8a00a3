"""What becomes of the parts of a Compose file, for the reference."""

from importers.importer import Kind

KINDS = (
    Kind("project", "application"),
    Kind(
        "service",
        "application_service",
        "of a well-known image: database, cache, message_queue or web_server",
    ),
    Kind("project → service", "composed_of", "soft"),
    Kind("service → project", "belongs_to"),
    Kind("service → its containers", "composed_of", "as many as its replicas, of which any one, assumed"),
    Kind("container", "container"),
    Kind("container → option host", "runs_on → server", "mentioned"),
    Kind("depends_on: service_healthy, restart: true, or a database", "depends_on", "hard"),
    Kind("depends_on: service_started, or required: false", "uses", "soft: it says in what order to start"),
    Kind(
        "depends_on: service_completed_successfully",
        "depends_on",
        "of strength none: the work is done by then",
    ),
    Kind("network_mode: service:…", "depends_on"),
    Kind("links", "calls"),
    Kind("address of a service in environment, env_file, command", "calls"),
    Kind("networks", "network"),
    Kind("container → network", "connects_to", "the default network too"),
    Kind("volumes", "volume", "those with a name"),
    Kind("service → volume", "stored_on"),
    Kind("folder or file of the host", "", "has no name of its own; often a mere setting"),
    Kind("build", "", "says how the image is made"),
    Kind("configs, secrets", "", "change with the project and do not fail"),
    Kind("healthcheck, deploy.resources, logging", "", "says nothing of dependency"),
    Kind("include, override files, extends of another file", "", "reported as a gap"),
)
