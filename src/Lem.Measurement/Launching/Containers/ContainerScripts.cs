namespace Lem.Measurement.Launching.Containers;

/// <summary>What is run by the shell of a container. Constants: everything that varies comes as an argument.</summary>
/// <remarks>
/// <c>docker exec</c> makes what it starts the leader of a session and a group of its own, and does not end it when docker itself is ended.
/// No "--" before a group: dash and busybox know none, and all shells take <c>kill -TERM -123</c>.
/// </remarks>
static class ContainerScripts
{
    /// <summary>
    /// $0: where to put the process's line of /proc; $@: the program. A guard in the same group waits for the end of the standard input, which
    /// comes when lem or docker ends in whatever way, and then ends the group.
    /// </summary>
    public const string Start =
        """
        cat "/proc/$$/stat" > "$0" || exit 126
        exec 3<&0
        (while read -r _ <&3; do :; done; kill -KILL "-$$") >/dev/null 2>&1 &
        exec 3<&-
        exec "$@" </dev/null
        """;

    /// <summary>What <see cref="Signal"/> exits with where nothing is left; any other failure is docker's, and says nothing of the program.</summary>
    public const int Gone = 113;

    /// <summary>
    /// $0: the line that Start has left; $1: a signal, or 0 for none. Succeeds while anything of the group is left. Zombies are not: without
    /// an init in the container nobody buries them.
    /// </summary>
    public const string Signal =
        """
        exec 2>/dev/null
        read -r group _ < "$0" || exit 113
        [ "$1" = 0 ] || kill "-$1" "-$group"
        for stat in /proc/[0-9]*/stat; do
            read -r line < "$stat" || continue
            set -- ${line##*') '}
            [ "$1" != Z ] && [ "$3" = "$group" ] && exit 0
        done
        rm -f "$0"
        exit 113
        """;

    /// <summary>$0: the line of a program that a dead lem has left. Ends its group, if it is still that program: numbers come again after a restart, start times do not.</summary>
    public const string EndLeft =
        """
        exec 2>/dev/null
        read -r line < "$0" || exit 0
        pid=${line%% *}
        set -- ${line##*') '}
        shift 19
        begun=$1
        read -r line < "/proc/$pid/stat" && set -- ${line##*') '} && shift 19 && [ "$1" = "$begun" ] && kill -KILL "-$pid"
        rm -f "$0"
        exit 0
        """;
}
