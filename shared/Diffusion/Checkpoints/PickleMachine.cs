using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using static RdmCloud.Diffusion.Checkpoints.PickleOpcode;

namespace RdmCloud.Diffusion.Checkpoints;

/// <summary>
/// Runs a pickle without running code: values, tuples, lists and dictionaries are built, and everything that has a class
/// goes to <paramref name="construct"/>, which knows the few names it wants.
/// </summary>
/// <param name="load">What a persistent id stands for.</param>
/// <param name="construct">What a global called with arguments gives.</param>
/// <remarks>
/// Python's <c>pickletools</c> describes the format. Values are null, bool, long, double, string, object?[] (tuple),
/// List, <see cref="PickleDict"/>, <see cref="PickleGlobal"/>, <see cref="PickleStub"/> and what the two functions return.
/// There is no recursion, and memory is bounded by the pickle's length. Complaints are <see cref="InvalidDataException"/>.
/// </remarks>
sealed class PickleMachine(byte[] pickle, Func<object?, object?> load, Func<PickleGlobal, object?[], object?> construct)
{
    /// <summary>Python writes the items of collections in batches of 1000.</summary>
    const int MaxDepth = 20_000;

    static readonly object?[] emptyTuple = [];
    static readonly object boxedTrue = true, boxedFalse = false;
    static readonly object[] smallIntegers = [.. Enumerable.Range(0, 256).Select(i => (object)(long)i)];

    readonly List<object?> stack = [];
    readonly Stack<int> marks = [];
    readonly Dictionary<uint, object?> memo = [];
    int position;

    /// <summary>A real pickle has an object or memo entry per 10 bytes; one of only empty dictionaries is an attack.</summary>
    int budget = Math.Min(2_000_000, 50_000 + pickle.Length / 4);

    /// <returns>The one object that the pickle holds.</returns>
    public object? Run()
    {
        while (true)
        {
            var opcode = (PickleOpcode)Take(1)[0];
            if (opcode == Stop)
                return Pop();
            Step(opcode);
        }
    }

    void Step(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case Proto when Take(1)[0] <= 5: break;
            case Frame: Take(8); break; // a hint for readers of streams

            case None: Push(null); break;
            case NewTrue: Push(boxedTrue); break;
            case NewFalse: Push(boxedFalse); break;
            case BinInt1: Push(smallIntegers[Take(1)[0]]); break;
            case BinInt2: Create((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case BinInt: Create((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case Long1: Create(Integer(Take(Take(1)[0]))); break;
            case Long4: Create(Integer(Take(Length4()))); break;
            case Int: Create(Line() is var line && line is "00" or "01" ? line == "01" : Integer(line)); break;
            case Long: Create(Integer(Line().TrimEnd('L'))); break;
            case BinFloat: Create(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case Float: Create(Number(Line())); break;

            case BinString: Create(Encoding.Latin1.GetString(Take(Length4()))); break;
            case ShortBinString: Create(Encoding.Latin1.GetString(Take(Take(1)[0]))); break;
            case ShortBinUnicode: Create(Encoding.UTF8.GetString(Take(Take(1)[0]))); break;
            case BinUnicode: Create(Encoding.UTF8.GetString(Take(Length4()))); break;
            case BinUnicode8: Create(Encoding.UTF8.GetString(Take(Length8()))); break;

            // Byte strings hold numpy arrays and the like, which nothing here reads.
            case ShortBinBytes: Skip(Take(1)[0]); break;
            case BinBytes: Skip(Length4()); break;
            case BinBytes8 or ByteArray8: Skip(Length8()); break;

            case EmptyTuple: Push(emptyTuple); break;
            case Tuple1: Create(new[] { Pop() }); break;
            case Tuple2: Create(Last(2)); break;
            case Tuple3: Create(Last(3)); break;
            case PickleOpcode.Tuple: Create(SinceMark()); break;
            case EmptyList: Create(new List<object?>()); break;
            case List: Create(SinceMark().ToList()); break;
            case Append: AddTo([Pop()]); break;
            case Appends: AddTo(SinceMark()); break;
            case EmptyDict: Create(new PickleDict()); break;
            case Dict: var pairs = SinceMark(); Create(new PickleDict()); Set(pairs); break;
            case SetItem: Set(Last(2)); break;
            case SetItems: Set(SinceMark()); break;
            case EmptySet: Push(PickleStub.Instance); break;
            case AddItems: SinceMark(); break;
            case FrozenSet: SinceMark(); Push(PickleStub.Instance); break;

            case Mark: PushMark(); break;
            case PopMark: SinceMark(); break;
            case PickleOpcode.Pop: Pop(); break;
            case Dup: Push(Top()); break;
            case BinPut: Remember(Take(1)[0]); break;
            case LongBinPut: Remember(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
            case Memoize: Remember((uint)memo.Count); break;
            case BinGet: Recall(Take(1)[0]); break;
            case LongBinGet: Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;

            case Global: Name(Line(), Line()); break;
            case StackGlobal: Name(Last(2)); break;
            case Reduce or NewObj: Call(Last(2)); break;
            case NewObjEx: Call(Last(3)); break;
            case Build: Pop(); Top(); break; // an object's state: attributes of classes that are not constructed
            case BinPersId: Create(load(Pop())); break;

            default: throw Damaged($"0x{(byte)opcode:x2} is no instruction that a checkpoint needs");
        }
    }

    void Create(object? value)
    {
        Pay();
        Push(value);
    }

    void Push(object? value)
    {
        CheckDepth(stack.Count);
        stack.Add(value);
    }

    void PushMark()
    {
        CheckDepth(marks.Count);
        marks.Push(stack.Count);
    }

    void CheckDepth(int depth)
    {
        if (depth == MaxDepth)
            throw Damaged($"it puts more than {MaxDepth} values on the stack");
    }

    void Pay()
    {
        if (--budget < 0)
            throw Damaged("it makes more objects than a pickle of its length can need");
    }

    void Skip(int length)
    {
        Take(length);
        Push(PickleStub.Instance);
    }

    void Name(params ReadOnlySpan<object?> names)
    {
        if (names is not [string module, string name])
            throw Damaged("a class has a name that is not text");
        var global = new PickleGlobal(module, name);
        if (global.RunsCode)
            throw new InvalidDataException(
                $"the file tries to run code when it is opened ({global}). Nothing was run. " +
                "Do not use it, and tell where it came from.");
        Create(global);
    }

    void Call(object?[] call) =>
        Create(call is [PickleGlobal global, object?[] arguments, ..] ? construct(global, arguments) : PickleStub.Instance);

    void AddTo(object?[] values)
    {
        if (Top() is List<object?> list)
            list.AddRange(values);
    }

    void Set(object?[] pairs)
    {
        if (pairs.Length % 2 != 0)
            throw Damaged("a dictionary has a key without a value");
        if (Top() is PickleDict dict)
            for (var i = 0; i < pairs.Length; i += 2)
                dict.Add(pairs[i], pairs[i + 1]);
    }

    void Remember(uint index)
    {
        Pay();
        memo[index] = Top();
    }

    void Recall(uint index) =>
        Push(memo.TryGetValue(index, out var value) ? value : throw Damaged($"memo entry {index} was never made"));

    int Floor => marks.TryPeek(out var mark) ? mark : 0;

    object? Top() => stack.Count > Floor ? stack[^1] : throw Damaged("the stack is empty");

    object? Pop()
    {
        var value = Top();
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    object?[] Last(int count)
    {
        if (stack.Count - Floor < count)
            throw Damaged("the stack is empty");
        object?[] items = [.. stack[^count..]];
        stack.RemoveRange(stack.Count - count, count);
        return items;
    }

    object?[] SinceMark()
    {
        if (marks.Count == 0)
            throw Damaged("there is no mark on the stack");
        var items = Last(stack.Count - Floor);
        marks.Pop();
        return items;
    }

    ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > pickle.Length - position)
            throw Damaged("it ends inside an instruction");
        position += length;
        return pickle.AsSpan(position - length, length);
    }

    int Length4() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>-1, which <see cref="Take"/> refuses, for what no array can hold.</summary>
    int Length8() =>
        BinaryPrimitives.ReadUInt64LittleEndian(Take(8)) is var length && length <= int.MaxValue ? (int)length : -1;

    string Line()
    {
        var length = pickle.AsSpan(position).IndexOf((byte)'\n');
        var line = Encoding.UTF8.GetString(Take(length));
        position++;
        return line;
    }

    /// <summary>Little-endian two's complement; larger ones than 64 bits are not needed.</summary>
    static object Integer(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 8)
            return PickleStub.Instance;
        var value = bytes.Length > 0 && (bytes[^1] & 0x80) != 0 ? -1L : 0L;
        for (var i = bytes.Length - 1; i >= 0; i--)
            value = value << 8 | bytes[i];
        return value;
    }

    object Integer(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw Damaged("a whole number cannot be read");

    double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw Damaged("a number cannot be read");

    InvalidDataException Damaged(string problem) =>
        new($"its data.pkl is damaged before byte {position}: {problem}. Copy or download it again.");
}
