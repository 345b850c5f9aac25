// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ICompanies
/// @notice The face of a Directory that the instances it opened ask. Once a company has moved to a newer Directory, the
/// older one answers from there.
interface ICompanies {
    /// @notice What an instance was opened as.
    enum Kind {
        None,
        ShareClass,
        Round,
        Trust,
        Distribution,
        Vote
    }

    /// @notice The wallet that acts for a company now; zero when the company is unknown.
    function controllerOf(uint256 companyId) external view returns (address);

    /// @notice The wallet to which `caller` may have paid what a company is owed: its controller's. Reverts while a
    /// recovery of the company is announced, but for the controller itself: what others push would be lost with its key.
    function payeeOf(uint256 companyId, address caller) external view returns (address);

    /// @notice Whether `instance` was opened here, or by the Directory to which its company moved.
    function listed(address instance) external view returns (bool);

    /// @notice What `instance` was opened as; None when it is not listed.
    function kindOf(address instance) external view returns (Kind);

    /// @notice The company of a listed instance, under the number that it has here; zero when it is not listed.
    function companyOf(address instance) external view returns (uint256);

    /// @notice The name under which registry and limits know a company as an issuer:
    /// keccak256(abi.encode(directory, companyId)) of the Directory that admitted it; a move does not change it.
    function issuerKey(uint256 companyId) external view returns (bytes32);

    /// @notice The Directory that keeps a company now and the company's number there: this one and `companyId` while it
    /// has not moved.
    function successorOf(uint256 companyId) external view returns (address directory, uint256 successorId);
}
