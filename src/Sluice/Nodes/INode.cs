namespace Sluice.Nodes;

/// <summary>
/// This node among those that share the store: who else is alive, what is this node's alone, and what nodes tell each other.
/// </summary>
public interface INode
{
    NodeInfo Self { get; }

    /// <summary>There can be other nodes: what they do shows by looking.</summary>
    bool IsOneOfMany { get; }

    /// <summary>Every node that is alive, this one included, in an order on which all agree.</summary>
    /// <exception cref="Storage.StorageUnavailableException">The store cannot be asked now.</exception>
    ValueTask<IReadOnlyList<NodeInfo>> AliveAsync(CancellationToken cancellation);

    /// <summary>Takes what one node at a time may have. It is given back by its hold, or lost when this node hangs, dies or loses the store.</summary>
    /// <returns>Null while anybody has it, this node included, and while this node is cut off from the store.</returns>
    ValueTask<NodeHold?> TryTakeAsync(string key, CancellationToken cancellation);

    /// <summary>Tells every node, this one included, to look again. A hint: it may get lost, so everybody looks by itself from time to time too.</summary>
    ValueTask TellToLookAsync();

    /// <summary>Asks whoever has a stream to give it back. A hint as well: ask again.</summary>
    ValueTask AskForAsync(string stream);

    /// <summary>Has this node counted no more: from now on the others share what there is. What it holds stays its own until it is given back.</summary>
    ValueTask RetireAsync();

    /// <summary>Has a listener called with every notice, until the answer is disposed. It must return at once.</summary>
    IDisposable Listen(Action<NodeNotice> listener);
}
