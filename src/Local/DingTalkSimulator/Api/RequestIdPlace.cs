namespace DingTalkSimulator.Api;

/// <summary>Where answers carry the id of their request.</summary>
[Flags]
public enum RequestIdPlace
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>In the header <c>x-acs-request-id</c> of every answer.</summary>
    Header = 1,

    /// <summary>In the field <c>requestid</c> of errors; in <c>request_id</c> where the older API answers.</summary>
    Body = 2,

    /// <summary>In both.</summary>
    Both = Header | Body,
}
