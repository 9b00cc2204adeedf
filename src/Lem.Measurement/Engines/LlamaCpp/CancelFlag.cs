using System.Runtime.InteropServices;

namespace Lem.Measurement.Engines.LlamaCpp;

/// <summary>A cancellation token in the shape native code can ask: one number in memory that does not move.</summary>
sealed unsafe class CancelFlag : IDisposable
{
    readonly int* _raised = (int*)NativeMemory.AllocZeroed(sizeof(int));

    /// <summary>What native code hands back to the callbacks.</summary>
    public void* Data => _raised;

    /// <summary>For <c>llama_set_abort_callback</c>: not zero ends the computation.</summary>
    public static delegate* unmanaged<void*, byte> IsRaised => &Raised;

    /// <summary>For <c>llama_model_params.progress_callback</c>: zero ends the loading.</summary>
    public static delegate* unmanaged<float, void*, byte> GoesOn => &NotRaised;

    /// <summary>Raises the flag when the token is cancelled, until the registration is disposed.</summary>
    public CancellationTokenRegistration Follow(CancellationToken cancellationToken)
    {
        Volatile.Write(ref *_raised, 0);
        return cancellationToken.UnsafeRegister(static flag => Volatile.Write(ref *((CancelFlag)flag!)._raised, 1), this);
    }

    public void Dispose() => NativeMemory.Free(_raised);

    [UnmanagedCallersOnly]
    static byte Raised(void* flag) => (byte)Volatile.Read(ref *(int*)flag);

    [UnmanagedCallersOnly]
    static byte NotRaised(float fraction, void* flag) => (byte)(1 - Volatile.Read(ref *(int*)flag));
}
