"""What is not known of CIs that should be."""

from cmdb.health.check import Found
from cmdb.health.survey import Survey


def without_attribute(survey: Survey, attribute: str) -> Found:
    """CIs that do not say what the catalogue recommends they say."""
    recommended = {
        each.name: declared.recommended
        for each in survey.catalogue.classes.values()
        if (declared := each.attributes.get(attribute))
    }
    always = {name for name, of in recommended.items() if of == "always"}
    services = {name for name, of in recommended.items() if of == "services"}
    asked = {
        ci.id
        for ci in survey.members.values()
        if ci.class_name in always or (ci.class_name in services and ci.id in survey.carrying)
    }
    (row,) = survey.database.read(
        """
        MATCH (ci:CI) WHERE ci[$attribute] IS NULL AND ci.class IN $classes
        RETURN collect(ci.id) AS ids
        """,
        attribute=attribute,
        classes=[*always, *services],
    )
    return Found({id_: [] for id_ in row["ids"]}, asked)


def without_dependency(survey: Survey) -> Found:
    """CIs of which nobody knows what they depend on, nor what depends on them."""
    (row,) = survey.database.read(
        """
        MATCH (ci:CI)
        WHERE NOT EXISTS {
            MATCH (ci)-[relationship]-(:CI)
            WHERE coalesce(relationship.strength, $strengths[type(relationship)]) <> 'none'
        }
        RETURN collect(ci.id) AS ids
        """,
        strengths=survey.strengths,
    )
    return Found({id_: [] for id_ in row["ids"]})
