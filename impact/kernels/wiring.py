"""The dependencies in the form that kernels walk."""

from typing import NamedTuple

from impact.arrays import Bytes, Ints


class Wiring(NamedTuple):
    """Dependencies of n CIs in g groups with m entries, both ways; all arrays are C-contiguous.

    CI `i` owns the groups `owned[i, 0]` up to `owned[i, 1]`. Group `k` has the entries `first[k]` up to
    `first[k + 1]`, in ascending order of their member. It is lost when the members that are down weigh more
    than what they all weigh minus `need[k]`.

    CI `i` is a member of the groups in three ranges of `dependent`, `counter`, `carried` and
    `tolerated`, none of which has groups of strength NONE:

    - `row[i, 0]` up to `row[i, 1]`: hard groups that are lost with any member, for as long as the member is;
      hence they need not be counted
    - `row[i, 1]` up to `row[i, 2]`: other hard groups without a failover, in which it weighs 1 and is not
      tolerated
    - `row[i, 2]` up to `row[i, 3]`: all others
    """

    owned: Ints  # n by 2
    owner: Ints  # g
    first: Ints  # g + 1
    need: Ints  # g, by weight; at most what there is
    strength: Bytes  # g, a Strength
    failover: Ints  # g, seconds
    member: Ints  # m
    weight: Ints  # m, 0 for a second relationship of the group to the same provider
    tolerates: Ints  # m, seconds
    row: Ints  # n by 4
    dependent: Ints  # the group's owner
    counter: Ints  # index into spare and counted; -1 where nothing is counted
    carried: Ints  # what the CI weighs in the group
    tolerated: Ints  # seconds for which the owner can do without the CI in the group
    spare: Ints  # weight that the group can lose before it is lost
    counted: Ints  # the group of the counter
